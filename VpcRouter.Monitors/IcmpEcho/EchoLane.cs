namespace VpcRouter.Monitors.IcmpEcho;

/// <summary>The socket of one address family with its batches.</summary>
internal sealed class EchoLane(IEchoSocket socket) : IDisposable
{
    private const int SentAtOnce = 64;
    private const int ReceivedAtOnce = 256;
    private const int ReturnedAtOnce = 16;

    public IEchoSocket Socket { get; } = socket;

    public EchoBatch Outgoing { get; } = new(SentAtOnce, EchoPacket.Size);

    public EchoBatch Incoming { get; } = new(ReceivedAtOnce, EchoPacket.ReplyRoom);

    public EchoBatch Returned { get; } = new(ReturnedAtOnce, EchoPacket.ReturnedRoom);

    /// <summary>The probes in <see cref="Outgoing"/>.</summary>
    public (int Host, ulong Number)[] Probes { get; } = new (int, ulong)[SentAtOnce];

    /// <summary>How many receives in a row have failed.</summary>
    public int FailedReceives { get; set; }

    public void Dispose() => Socket.Dispose();
}
