"""A client that is not ours, from Debian: panoramisk. Logs in, asks, and prints the events it is told."""
import asyncio
import sys

from panoramisk import Manager

port, secret = int(sys.argv[1]), sys.argv[2]


async def main():
    loop = asyncio.get_running_loop()
    done = asyncio.Event()
    manager = Manager(loop=loop, host='127.0.0.1', port=port, username='hub', secret=secret)

    def told(_, event):
        print(event.event, getattr(event, 'Channel', '-'), getattr(event, 'Uniqueid', '-'), getattr(event, 'Linkedid', '-'), flush=True)
        if event.event == 'Cdr':
            done.set()

    manager.register_event('*', told)
    await manager.connect()
    while manager.authenticated_future is None and not manager.authenticated:
        await asyncio.sleep(0.01)
    while not manager.authenticated:
        await asyncio.sleep(0.01)
    print('in', flush=True)
    listed = await manager.send_action({'Action': 'CoreShowChannels'}, as_list=True)
    print('CoreShowChannels', [one.event for one in listed if 'event' in one][-1], flush=True)
    await asyncio.wait_for(done.wait(), 20)
    manager.close()


asyncio.run(main())
