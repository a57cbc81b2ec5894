using System.Collections.Immutable;
using System.Net;
using VpcRouter.RouteSpecs;
using VpcRouter.Vpc;

namespace VpcRouter.Monitors.Ec2Status;

/// <summary>
/// Asks EC2 about hosts: which interfaces carry their addresses, and how those interfaces' instances are. Remembers the interfaces,
/// because a verdict must not depend on EC2 answering every question each time. One poll at a time.
/// </summary>
internal sealed class HostPoll(IInstanceStatusApi api)
{
    private Dictionary<IPAddress, (ImmutableArray<NetworkInterface> Carriers, bool AreGone)> _known = [];

    /// <summary>Polls once.</summary>
    /// <exception cref="VpcApiException">EC2 can't be asked, and nothing was found out.</exception>
    public async Task<PollResult> RunAsync(HostList hosts, CancellationToken cancellationToken)
    {
        VpcApiException? staleBecause = null;
        try
        {
            Learn(hosts, await api.FindInterfacesAsync(hosts, cancellationToken).ConfigureAwait(false));
        }
        catch (VpcApiException e) when (hosts.All(_known.ContainsKey))
        {
            // Interfaces seldom move. What they are attached to may well be answered while they are not.
            staleBecause = e;
        }

        string[] instances = [.. hosts.SelectMany(host => _known[host].Carriers).Select(carrier => carrier.InstanceId).OfType<string>().Distinct()];
        var statuses = await api.GetStatusAsync(instances, cancellationToken).ConfigureAwait(false);
        return new PollResult(hosts.ToDictionary(host => host, host => HostVerdicts.Of(_known[host].Carriers, _known[host].AreGone, statuses)), staleBecause);
    }

    private void Learn(HostList hosts, ImmutableArray<NetworkInterface> found)
    {
        var byAddress = found.SelectMany(item => item.Addresses.Select(address => (address, item))).ToLookup(claim => claim.address, claim => claim.item);
        _known = hosts.ToDictionary(host => host, host => Carriers(host, [.. byAddress[host]]));
    }

    private (ImmutableArray<NetworkInterface> Carriers, bool AreGone) Carriers(IPAddress host, ImmutableArray<NetworkInterface> found) =>
        found.Length == 0 && _known.TryGetValue(host, out var last) ? (last.Carriers, true) : (found, false);
}
