"""Publishing: safe names for documents, one step into place, and the proof that they are still what was made.

In come documents by exporter and what the manifest says of them; out goes the output folder, as it was before or wholly
new, and later the answer whether its files and a second build still agree with the manifest.
"""

from oekoreport.build.publishing.differences import Deviation, Named, differences, inputs_changed
from oekoreport.build.publishing.exchange import is_left, put, recover
from oekoreport.build.publishing.manifest_file import (
    MANIFEST,
    BrokenManifest,
    Digests,
    NoManifest,
    digest_of,
    digests_of,
    glance_at,
    is_draft,
    manifest_bytes,
    parsed,
    read_manifest,
    read_outputs,
)
from oekoreport.build.publishing.names import alike, place_documents, safe_name
from oekoreport.build.publishing.publication import publish
from oekoreport.build.publishing.run_file import RUN_FILE, inputs_of, names_of_inputs, read_run, run_bytes
from oekoreport.build.publishing.verify import is_as_made
