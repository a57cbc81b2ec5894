using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using VpcRouter.Monitors.IcmpEcho;
using VpcRouter.Probing;

namespace VpcRouter.Tests.Monitors.IcmpEcho;

[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
internal sealed class EchoEngineTests : IAsyncDisposable
{
    private readonly FakeEchoSocket _socket = new();
    private readonly EchoEngine _engine;

    public EchoEngineTests() => _engine = new EchoEngine(family => family == AddressFamily.InterNetwork ? _socket : throw new SocketException((int)SocketError.AddressFamilyNotSupported), new FakeTimeProvider(), NullLogger.Instance);

    public ValueTask DisposeAsync() => _engine.DisposeAsync();

    [Test]
    public void Receive_Reply_CompletesItsProbe()
    {
        var request = Send(Probe(0, 7)).Single();

        _socket.Deliver(ReplyTo(request), Address(0));

        Receive().Should().Equal(new ProbeCompletion(0, 7, ProbeOutcome.Alive, null, ""));
        Receive().Should().BeEmpty();
    }

    [Test]
    public void Receive_ForeignReplies_AreDropped()
    {
        var request = Send(Probe(0, 7), Probe(1, 8)).First();
        var foreign = ReplyTo(request);
        foreign[10] ^= 1;

        _socket.Deliver(foreign, Address(0));
        _socket.Deliver(ReplyTo(request), Address(1));
        _socket.Deliver(request, Address(0));

        Receive().Should().BeEmpty();
    }

    [Test]
    public void Receive_HostsPlaceGoesToAnother_LateReplyIsDropped()
    {
        var request = Send(Probe(0, 7)).Single();
        Send(new ProbeRequest(0, 8, Address(5)));

        _socket.Deliver(ReplyTo(request), Address(0));

        Receive().Should().BeEmpty();
    }

    [Test]
    public void Send_MoreThanABatch_EachGetsItsOwnReply()
    {
        var requests = Send([.. Enumerable.Range(0, 1000).Select(i => Probe(i, (ulong)i + 1_000_000_000_000))]);

        for (var i = requests.Count - 1; i >= 0; i--)
            _socket.Deliver(ReplyTo(requests[i]), Address(i));

        Receive().Select(completion => (completion.Host, completion.Number)).Order().Should().Equal(Enumerable.Range(0, 1000).Select(i => (i, (ulong)i + 1_000_000_000_000)));
    }

    [TestCase(SocketError.HostUnreachable, ProbeOutcome.Dead)]
    [TestCase(SocketError.NetworkUnreachable, ProbeOutcome.Dead)]
    [TestCase(SocketError.AccessDenied, ProbeOutcome.Inconclusive)]
    public void Send_OneHostCantBeSentTo_TouchesNoOther(SocketError error, ProbeOutcome outcome)
    {
        _socket.SendError = host => host.Equals(Address(1)) ? error : SocketError.Success;

        Send(Probe(0, 7), Probe(1, 8), Probe(2, 9)).Should().HaveCount(2);

        Receive().Select(completion => (completion.Host, completion.Outcome)).Should().Equal((1, outcome));
    }

    [Test]
    public void Send_EarlierRequestComesBack_FailsThatOneAndSendsTheRest()
    {
        var earlier = Send(Probe(0, 7)).Single();
        _socket.Return(earlier, SocketError.HostUnreachable);

        Send(Probe(1, 8), Probe(2, 9)).Should().HaveCount(2);

        Receive().Select(completion => (completion.Host, completion.Number, completion.Outcome)).Should().Equal((0, 7UL, ProbeOutcome.Dead));
    }

    [Test]
    public void Send_EarlierRequestsKeepComingBackMeanwhile_FailsThoseAndNoOther()
    {
        var earlier = Send(Probe(0, 7), Probe(1, 8), Probe(2, 9));
        _socket.Return(earlier[0], SocketError.HostUnreachable);
        _socket.ReturnedOnceRead.Enqueue(() => _socket.Return(earlier[1], SocketError.HostUnreachable));
        _socket.ReturnedOnceRead.Enqueue(() => _socket.Return(earlier[2], SocketError.HostUnreachable));

        Send(Probe(3, 10), Probe(4, 11)).Should().HaveCount(2);

        Receive().Select(completion => completion.Host).Should().Equal(0, 1, 2);
    }

    [Test]
    public void Send_OthersRequestsComeBackWithoutEnd_GivesUpWithoutAWordOnTheHost()
    {
        var foreign = Send(Probe(0, 7)).Single();
        foreign[9] ^= 1;
        _socket.Return(foreign, SocketError.HostUnreachable);
        for (var i = 0; i < 1000; i++)
            _socket.ReturnedOnceRead.Enqueue(() => _socket.Return(foreign, SocketError.HostUnreachable));

        Send(Probe(1, 8));

        Receive().Select(completion => (completion.Host, completion.Outcome)).Should().Equal((1, ProbeOutcome.Inconclusive));
    }

    [Test]
    public void Receive_EarlierRequestComesBack_FailsThatOneAndReadsOn()
    {
        var requests = Send(Probe(0, 7), Probe(1, 8));
        _socket.Return(requests[0], SocketError.HostUnreachable);
        _socket.Deliver(ReplyTo(requests[1]), Address(1));

        Receive().Select(completion => (completion.Host, completion.Outcome)).Should().BeEquivalentTo([(0, ProbeOutcome.Dead), (1, ProbeOutcome.Alive)]);
    }

    [Test]
    public void Receive_RequestOfAnotherProgramComesBack_FailsNobody()
    {
        var foreign = Send(Probe(0, 7)).Single();
        foreign[9] ^= 1;
        _socket.Return(foreign, SocketError.HostUnreachable);

        Receive().Should().BeEmpty();
    }

    [Test]
    public void Send_BufferFullForAMoment_SendsAllAllTheSame()
    {
        var tries = 0;
        _socket.SendError = _ => tries++ == 1 ? SocketError.WouldBlock : SocketError.Success;

        Send(Probe(0, 7), Probe(1, 8), Probe(2, 9)).Should().HaveCount(3);

        Receive().Should().BeEmpty();
    }

    [TestCase(SocketError.WouldBlock)]
    [TestCase(SocketError.NoBufferSpaceAvailable)]
    public void Send_BufferStaysFull_FailsNobody(SocketError error)
    {
        _socket.SendError = _ => error;

        Send(Probe(0, 7), Probe(1, 8)).Should().BeEmpty();

        Receive().Should().HaveCount(2).And.OnlyContain(completion => completion.Outcome == ProbeOutcome.Inconclusive);
        _socket.Waits.Should().BePositive();
    }

    [Test]
    public void Receive_FailsForAWhile_GoesOn()
    {
        var request = Send(Probe(0, 7)).Single();
        _socket.ReceiveError = SocketError.NetworkDown;
        Receive().Should().BeEmpty();
        _socket.ReceiveError = SocketError.Success;

        _socket.Deliver(ReplyTo(request), Address(0));

        Receive().Should().ContainSingle();
    }

    [Test]
    public void Receive_FailsForEver_EndsTheMonitor()
    {
        _socket.ReceiveError = SocketError.NetworkDown;

        var act = () =>
        {
            for (var i = 0; i < 1000; i++)
                Receive();
        };

        act.Should().Throw<SocketException>();
    }

    [Test]
    public void Send_NoSocketForTheFamily_FailsNobodyAndSendsTheOthers()
    {
        Send(new ProbeRequest(0, 7, IPAddress.IPv6Loopback), Probe(1, 8)).Should().ContainSingle();

        Receive().Select(completion => (completion.Host, completion.Outcome)).Should().Equal((0, ProbeOutcome.Inconclusive));
    }

    [Test]
    public async Task Wait_ReplyArrives_Ends()
    {
        var waiting = _engine.WaitAsync(null).AsTask();

        _socket.Deliver([0], Address(0));

        await waiting.WaitAsync(TimeSpan.FromSeconds(60));
    }

    [Test]
    public void Constructor_Socket_IsToldWhoseRepliesToPass() => _socket.PassedIdentifier.Should().NotBeNull();

    [Test]
    public async Task Dispose_Twice_ClosesTheSocket()
    {
        await _engine.DisposeAsync();
        await _engine.DisposeAsync();

        _socket.IsDisposed.Should().BeTrue();
    }

    private static IPAddress Address(int host) => new([10, 1, (byte)(host >> 8), (byte)host]);

    private static ProbeRequest Probe(int host, ulong number) => new(host, number, Address(host));

    private static byte[] ReplyTo(byte[] request) => EchoPacketTests.ReplyTo(request, AddressFamily.InterNetwork);

    private List<byte[]> Send(params ProbeRequest[] probes)
    {
        _engine.Send(probes);
        var sent = new List<byte[]>();
        while (_socket.Sent.Reader.TryRead(out var request))
            sent.Add(request);
        return sent;
    }

    private List<ProbeCompletion> Receive()
    {
        var completions = new ProbeCompletion[300];
        var all = new List<ProbeCompletion>();
        int count;
        do
        {
            count = _engine.Receive(completions);
            all.AddRange(completions[..count]);
        }
        while (count == completions.Length);
        return all;
    }
}
