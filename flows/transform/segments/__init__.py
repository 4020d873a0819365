"""The parts of a page: which lines are an article's and which are the site's.

``cues`` are the words to look for, ``lines`` the shape of a line, ``labels`` what a line says of itself, ``datelines``
the place and agency before a first sentence, ``layout`` the reading of the whole page from top to end.
"""

from flows.transform.segments.cues import SegmentCues, build_segment_cues
from flows.transform.segments.layout import split_segments

__all__ = ["SegmentCues", "build_segment_cues", "split_segments"]
