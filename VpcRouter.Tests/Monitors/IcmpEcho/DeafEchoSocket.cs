using System.Collections.Concurrent;
using System.Net.Sockets;
using System.Runtime.InteropServices;
using VpcRouter.Monitors.IcmpEcho;

namespace VpcRouter.Tests.Monitors.IcmpEcho;

/// <summary>The real socket, but replies of some hosts get lost on their way: every loopback address answers, so the dead ones have to be made.</summary>
internal sealed class DeafEchoSocket(IEchoSocket real) : IEchoSocket
{
    private static readonly RawAddress Nobody = new(ulong.MaxValue, ulong.MaxValue);

    public ConcurrentDictionary<string, bool> Dead { get; } = new();

    public AddressFamily Family => real.Family;

    public bool KernelSetsIdentifier => real.KernelSetsIdentifier;

    public bool DeliversIPv4Header => real.DeliversIPv4Header;

    public SafeHandle? Pollable => real.Pollable;

    public Action? Arrived
    {
        get => real.Arrived;
        set => real.Arrived = value;
    }

    public void PassOnly(ushort identifier) => real.PassOnly(identifier);

    public int Send(EchoBatch batch, int first, out SocketError error) => real.Send(batch, first, out error);

    public void Receive(EchoBatch batch, out SocketError error)
    {
        real.Receive(batch, out error);
        for (var i = 0; i < batch.Count; i++)
        {
            if (Dead.ContainsKey(batch.Addresses[i].ToIPAddress(Family).ToString()))
                batch.Addresses[i] = Nobody;
        }
    }

    public void ReceiveReturned(EchoBatch batch) => real.ReceiveReturned(batch);

    public void WaitForRoom() => real.WaitForRoom();

    public void Dispose() => real.Dispose();
}
