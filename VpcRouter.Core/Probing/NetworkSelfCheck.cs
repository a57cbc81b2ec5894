using System.Net;
using System.Net.NetworkInformation;
using System.Net.Sockets;
using VpcRouter.RouteSpecs;

namespace VpcRouter.Probing;

/// <summary>Tells whether failures may be this machine's own: it is blind when it has no way, that is a route over a link, to any of the hosts.</summary>
internal sealed class NetworkSelfCheck(INetwork network)
{
    /// <summary>Where there is a way, the first host asked about shows it as a rule. Where there is none, so many show it well enough.</summary>
    internal const int MostHosts = 256;

    /// <summary>Whether this machine has no way to any host. What can't be found out is no reason to doubt the probes.</summary>
    public bool IsBlind(HostList hosts)
    {
        try
        {
            IReadOnlySet<IPAddress>? withoutLink = null;
            return hosts.Count > 0 && !Sample(hosts).Any(host => HasWay(host, withoutLink ??= network.AddressesWithoutLink()));
        }
        catch (Exception e) when (e is SocketException or NetworkInformationException)
        {
            return false;
        }
    }

    private bool HasWay(IPAddress host, IReadOnlySet<IPAddress> withoutLink) =>
        IPAddress.IsLoopback(host) || (network.SourceTo(host) is { } source && (source.Equals(host) || !withoutLink.Contains(source)));

    private static IEnumerable<IPAddress> Sample(HostList hosts)
    {
        var step = (hosts.Count + MostHosts - 1) / MostHosts;
        return hosts.Where((_, i) => i % step == 0);
    }
}
