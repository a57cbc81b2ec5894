using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Logging.Abstractions;
using VpcRouter.Monitors.IcmpEcho;
using VpcRouter.Probing;

namespace VpcRouter.Tests.Monitors.IcmpEcho;

/// <summary>Each kind of socket, against the machine's own loopback.</summary>
[TestFixture(AddressFamily.InterNetwork, SocketType.Raw, false)]
[TestFixture(AddressFamily.InterNetwork, SocketType.Raw, true)]
[TestFixture(AddressFamily.InterNetwork, SocketType.Dgram, false)]
[TestFixture(AddressFamily.InterNetwork, SocketType.Dgram, true)]
[TestFixture(AddressFamily.InterNetworkV6, SocketType.Raw, false)]
[TestFixture(AddressFamily.InterNetworkV6, SocketType.Raw, true)]
[TestFixture(AddressFamily.InterNetworkV6, SocketType.Dgram, false)]
internal sealed class RealEchoTests(AddressFamily family, SocketType type, bool plain)
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);
    private readonly int _hosts = family == AddressFamily.InterNetwork ? 500 : 1;

    [OneTimeSetUp]
    public void NeedsPermission()
    {
        try
        {
            Open().Dispose();
        }
        catch (SocketException e)
        {
            Assert.Ignore($"A socket of this kind can't be had here: {e.Message}");
        }
    }

    [Test]
    public async Task Send_ManyHosts_AllAnswer()
    {
        await using var engine = Engine();

        var answers = new List<ProbeCompletion>();
        // No more at once than the loop sends: a kernel with its usual limits has no buffer for them.
        foreach (var some in Enumerable.Range(0, _hosts).Select(Probe).Chunk(250))
        {
            engine.Send(some);
            answers.AddRange(await ReceiveAsync(engine, some.Length));
        }

        answers.Should().OnlyContain(answer => answer.Outcome == ProbeOutcome.Alive && answer.Number == (ulong)answer.Host + 1);
        answers.Select(answer => answer.Host).Distinct().Should().HaveCount(_hosts);
    }

    [Test]
    public async Task Send_OthersPingToo_EachGetsItsOwn()
    {
        await using var one = Engine();
        await using var other = Engine();

        one.Send([Probe(0)]);
        other.Send([Probe(0), Probe(0), Probe(0)]);

        (await ReceiveAsync(other, 3)).Should().HaveCount(3);
        (await ReceiveAsync(one, 1)).Should().ContainSingle();
        one.Receive(new ProbeCompletion[10]).Should().Be(0);
    }

    [Test]
    public async Task PassOnly_OthersReplies_WakeNobody()
    {
        if (plain)
            Assert.Ignore("Without batched system calls there is no filter.");
        using var one = Open();
        using var two = Open();
        one.PassOnly(1);
        two.PassOnly(2);
        await using var other = Engine();
        other.Send([Probe(0)]);
        await ReceiveAsync(other, 1);

        // The other's identifier is drawn at random: it may be one of the two.
        new[] { Received(one), Received(two) }.Should().Contain((0, SocketError.Success));
    }

    [Test]
    public async Task Receive_LongForeignReply_IsDropped()
    {
        await using var engine = Engine();
        using var stranger = Open();
        var long1400 = new EchoBatch(1, 1400) { Count = 1 };
        EchoPacket.WriteRequest(long1400[0], family, 1, 1, 1, 1);
        long1400.Lengths[0] = 1400;
        long1400.Addresses[0] = RawAddress.Of(Probe(0).Address);
        stranger.Send(long1400, 0, out _);

        engine.Send([Probe(0)]);

        (await ReceiveAsync(engine, 1)).Should().ContainSingle(answer => answer.Outcome == ProbeOutcome.Alive);
    }

    [Test]
    public async Task Wait_Woken_Ends()
    {
        await using var engine = Engine();
        var waiting = Task.Run(() => engine.WaitAsync(null).AsTask());

        engine.Wake();

        await waiting.WaitAsync(Limit);
    }

    private static async Task<List<ProbeCompletion>> ReceiveAsync(EchoEngine engine, int count)
    {
        var received = new List<ProbeCompletion>();
        var completions = new ProbeCompletion[64];
        var start = TimeProvider.System.GetTimestamp();
        while (received.Count < count && TimeProvider.System.GetElapsedTime(start) < Limit)
        {
            received.AddRange(completions[..engine.Receive(completions)]);
            if (received.Count < count)
                await engine.WaitAsync(TimeSpan.FromMilliseconds(100));
        }

        return received;
    }

    private static (int Count, SocketError Error) Received(IEchoSocket socket)
    {
        var batch = new EchoBatch(8, EchoPacket.ReplyRoom);
        socket.Receive(batch, out var error);
        return (batch.Count, error);
    }

    private ProbeRequest Probe(int host) => new(host, (ulong)host + 1, family == AddressFamily.InterNetwork ? new IPAddress([127, 79, (byte)(host >> 8), (byte)((host & 255) | 1)]) : IPAddress.IPv6Loopback);

    private IEchoSocket Open() => plain
        ? new PlainEchoSocket(new Socket(family, type, family == AddressFamily.InterNetwork ? ProtocolType.Icmp : ProtocolType.IcmpV6), TimeProvider.System)
        : EchoSocket.OpenAs(family, type, TimeProvider.System);

    private EchoEngine Engine() => new(wanted => wanted == family ? Open() : new FakeEchoSocket(wanted), TimeProvider.System, NullLogger.Instance);
}
