using System.Net.Sockets;
using VpcRouter.Monitors.Probing;
using VpcRouter.Probing;

namespace VpcRouter.Tests.Monitors.Probing;

internal sealed class SocketTroubleTests
{
    [TestCase(SocketError.ConnectionRefused)]
    [TestCase(SocketError.ConnectionReset)]
    [TestCase(SocketError.HostUnreachable)]
    [TestCase(SocketError.NetworkUnreachable)]
    [TestCase(SocketError.TimedOut)]
    public void Classify_HostOrWayToIt_IsDead(SocketError error) =>
        SocketTrouble.Classify(new SocketException((int)error)).Outcome.Should().Be(ProbeOutcome.Dead);

    [TestCase(SocketError.AddressNotAvailable)]
    [TestCase(SocketError.TooManyOpenSockets)]
    [TestCase(SocketError.AccessDenied)]
    [TestCase(SocketError.NoBufferSpaceAvailable)]
    [TestCase(SocketError.WouldBlock)]
    [TestCase(SocketError.NetworkDown)]
    [TestCase(SocketError.AddressFamilyNotSupported)]
    public void Classify_ProbersOwnTrouble_SaysNothing(SocketError error)
    {
        var result = SocketTrouble.Classify(new SocketException((int)error));

        result.Outcome.Should().Be(ProbeOutcome.Inconclusive);
        result.Reason.Should().NotBeEmpty();
    }
}
