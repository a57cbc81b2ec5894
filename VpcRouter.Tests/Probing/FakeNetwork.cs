using System.Collections.Immutable;
using System.Net;
using System.Net.Sockets;
using VpcRouter.Probing;

namespace VpcRouter.Tests.Probing;

/// <summary>A machine with one address, whose routes and link the test decides on.</summary>
internal sealed class FakeNetwork : INetwork
{
    private static readonly IPAddress Own = IPAddress.Parse("10.0.0.250");
    private int _asked;

    public static FakeNetwork Lost => new() { HasRoute = _ => false };

    public Func<IPAddress, bool> HasRoute { get; set; } = _ => true;

    public bool HasLink { get; set; } = true;

    public bool IsBroken { get; set; }

    /// <summary>How many hosts were asked about.</summary>
    public int Asked => Volatile.Read(ref _asked);

    public IPAddress? SourceTo(IPAddress host)
    {
        Interlocked.Increment(ref _asked);
        return IsBroken ? throw new SocketException((int)SocketError.TooManyOpenSockets) : HasRoute(host) ? Own : null;
    }

    public IReadOnlySet<IPAddress> AddressesWithoutLink() => HasLink ? ImmutableHashSet<IPAddress>.Empty : [Own];
}
