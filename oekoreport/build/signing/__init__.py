"""Signing published documents, and telling who signed them: PAdES for PDFs, a detached CMS for the manifest.

Each act of signing has a numbered folder of its own in ``unterzeichnet/``, beside the output folder: the signed PDFs
by the names that they have there, the manifest, and its signature. No build reads or touches it, and no act replaces
another. All that is asked of pyHanko is asked in this room; it is an extra and imported when it is needed. Nothing is
fetched: there is no time stamp, no trust list, no look at revocations.
"""

from oekoreport.build.signing.acts import Act, sign
from oekoreport.build.signing.credentials import Credentials, certificates_in
from oekoreport.build.signing.library import SigningNotInstalled, demand_library
from oekoreport.build.signing.signatures import Checked, Signer, signatures
