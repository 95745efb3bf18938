"""Two licenses of our own invention."""

ORCHARD = """Anyone who receives the Orchard model may run it, study its weights and pass it on to neighbours.
Whoever passes it on keeps this page with it and writes down which parts were altered, and on what day.

1. Products that reach more than 40 million readers a month need a letter from the gardeners first.

2. The name of <owner> must not be printed on a product without a signed note from that person.

3. Nothing here promises that the apples are sweet. The gardeners answer for no damage that follows
from eating them, from storing them badly, or from trusting a label that somebody else wrote.
"""
HARBOUR = """This harbour agreement lets a crew load the dataset, sort it by weight and sail anywhere with it.
The crew pays no toll, tells the harbour master about every leak that it finds, and leaves the beacons lit.
A crew that turns to piracy loses all berths at once and hands its copies back within ten days.
Disputes are heard in the old lighthouse, in the language of the oldest person present that evening.
"""
