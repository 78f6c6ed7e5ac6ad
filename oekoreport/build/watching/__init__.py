"""Watching: calls done in worker processes, whose parent sees their seconds and memory and ends what goes too far.

In come calls and limits; out go their results, or why there is none. A call that went over a limit is done once more
without the step that did.
"""

from oekoreport.build.watching.limits import Limits
from oekoreport.build.watching.pool import Stopped, watched
from oekoreport.build.watching.worker import Call
