using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using VpcRouter.Monitors.IcmpEcho;

namespace VpcRouter.Tests.Monitors.IcmpEcho;

[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
internal sealed class EchoEngineTests : IAsyncDisposable
{
    private static readonly IPAddress Host = IPAddress.Parse("10.0.0.1");
    private static readonly IPAddress Other = IPAddress.Parse("10.0.0.2");
    private readonly FakeTimeProvider _time = new();
    private readonly FakeEchoSocket _socket = new();
    private readonly EchoEngine _engine;

    public EchoEngineTests() => _engine = new EchoEngine(_ => _socket, _time, NullLogger.Instance);

    public ValueTask DisposeAsync() => _engine.DisposeAsync();

    [Test]
    public async Task Ping_Reply_GivesTheRoundTrip()
    {
        var ping = _engine.PingAsync(Host, CancellationToken.None).AsTask();
        var request = await _socket.Sent.Reader.ReadAsync();
        _time.Advance(TimeSpan.FromMilliseconds(7));

        _socket.Deliver(EchoPacketTests.ReplyTo(request, AddressFamily.InterNetwork), Host);

        (await ping).Should().Be(TimeSpan.FromMilliseconds(7));
    }

    [Test]
    public async Task Ping_ForeignReplies_AreDropped()
    {
        var ping = _engine.PingAsync(Host, CancellationToken.None).AsTask();
        var request = await _socket.Sent.Reader.ReadAsync();
        var good = EchoPacketTests.ReplyTo(request, AddressFamily.InterNetwork);
        var foreign = good.ToArray();
        foreign[10] ^= 1;

        _socket.Deliver(foreign, Host);
        _socket.Deliver(good, Other);
        _socket.Deliver(request, Host);
        await AnswerAnotherPingAsync();

        ping.IsCompleted.Should().BeFalse();
        _socket.Deliver(good, Host);
        await ping;
    }

    [Test]
    public async Task Ping_DeadlinePassed_IsCancelledAndTheLateReplyDropped()
    {
        using var deadline = new CancellationTokenSource();
        var ping = _engine.PingAsync(Host, deadline.Token).AsTask();
        var request = await _socket.Sent.Reader.ReadAsync();

        await deadline.CancelAsync();

        await ping.Awaiting(cancelled => cancelled).Should().ThrowAsync<OperationCanceledException>();
        _socket.Deliver(EchoPacketTests.ReplyTo(request, AddressFamily.InterNetwork), Host);
        await AnswerAnotherPingAsync();
    }

    [Test]
    public async Task Ping_ManyInFlight_EachGetsItsOwnReply()
    {
        var pings = Enumerable.Range(0, 1000).Select(i => _engine.PingAsync(new IPAddress([10, 1, (byte)(i >> 8), (byte)i]), CancellationToken.None).AsTask()).ToArray();
        var requests = new List<byte[]>();
        while (_socket.Sent.Reader.TryRead(out var request))
            requests.Add(request);

        for (var i = requests.Count - 1; i >= 0; i--)
            _socket.Deliver(EchoPacketTests.ReplyTo(requests[i], AddressFamily.InterNetwork), new IPAddress([10, 1, (byte)(i >> 8), (byte)i]));

        await Task.WhenAll(pings);
    }

    [Test]
    public async Task Ping_SendFails_FailsThatPingOnly()
    {
        _socket.SendError = SocketError.HostUnreachable;
        await _engine.Awaiting(engine => engine.PingAsync(Host, CancellationToken.None).AsTask()).Should().ThrowAsync<SocketException>();
        _socket.SendError = SocketError.Success;

        await AnswerAnotherPingAsync();
    }

    [Test]
    public async Task Receive_Fails_GoesOnAfterAPause()
    {
        _socket.FailNextReceive();

        await _time.AdvanceUntilAsync(AnswerAnotherPingAsync());
    }

    [Test]
    public async Task Dispose_Twice_ClosesTheSocket()
    {
        await _engine.DisposeAsync();
        await _engine.DisposeAsync();

        _socket.IsDisposed.Should().BeTrue();
    }

    private async Task<bool> AnswerAnotherPingAsync()
    {
        var ping = _engine.PingAsync(Other, CancellationToken.None).AsTask();
        _socket.Deliver(EchoPacketTests.ReplyTo(await _socket.Sent.Reader.ReadAsync(), AddressFamily.InterNetwork), Other);
        await ping;
        return true;
    }
}
