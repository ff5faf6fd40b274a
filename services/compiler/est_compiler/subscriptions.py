"""What the compiler hears: everything intake tells, and analysis.

It only remembers (the read models take it in); no message makes it act, because people publish.
"""

from est_chassis.subscriptions import Subscriptions

subscriptions = Subscriptions("compiler", upstreams=("intake", "analysis"))
