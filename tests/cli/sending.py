"""The other side of an invitation, as a client sees it that nobody here wrote:
matrix-nio.

    sending.py invited HOMESERVER MXID TOKEN   the rooms that an account is invited to
    sending.py joined HOMESERVER MXID TOKEN    joins them all, and tells what they are
"""

import asyncio
import json
import sys

from nio import AsyncClient, InviteMemberEvent


async def main(what, homeserver, mxid, token):
    client = AsyncClient(homeserver, mxid)
    client.restore_login(mxid, "device", token)
    sync = await client.sync(timeout=0, full_state=True)
    told = []
    for room, info in sync.rooms.invite.items():
        own = [e for e in info.invite_state if isinstance(e, InviteMemberEvent) and e.state_key == mxid]
        (event,) = own
        told.append({"room": room, "from": event.sender, "content": event.content})
    if what == "joined":
        for invitation in told:
            await client.join(invitation["room"])
        await client.sync(timeout=0, full_state=True)
        for invitation in told:
            room = client.rooms[invitation["room"]]
            state = await client.room_get_state(invitation["room"])
            invitation["encrypted"] = room.encrypted
            invitation["name"] = room.name
            invitation["type"] = room.room_type
            invitation["rule"] = room.join_rule
            invitation["parents"] = sorted(e["state_key"] for e in state.events if e["type"] == "m.space.parent")
    await client.close()
    print(json.dumps(told))


asyncio.run(main(*sys.argv[1:]))
