using System.Net.Sockets;
using VpcRouter.RouteSpecs;

namespace VpcRouter.Cli.Doctor.Checks;

/// <summary>The icmpecho monitor may send what it sends.</summary>
internal sealed class IcmpCheck : ICheck
{
    public string Name => "ICMP";

    public Task<IReadOnlyList<Finding>> RunAsync(DoctorFacts facts, CancellationToken cancellationToken)
    {
        if (!facts.Monitors.Contains("icmpecho", StringComparer.OrdinalIgnoreCase))
            return Task.FromResult<IReadOnlyList<Finding>>([Finding.NotApplicable("the monitor icmpecho is not in use")]);
        var families = (facts.Spec.Value ?? RouteSpec.Empty).Hosts.Select(host => host.AddressFamily).Append(AddressFamily.InterNetwork).Distinct();
        return Task.FromResult<IReadOnlyList<Finding>>([.. families.Select(family => Judge(family, TryOpen))]);
    }

    internal static Finding Judge(AddressFamily family, Func<AddressFamily, SocketType, SocketError> tryOpen)
    {
        var name = family == AddressFamily.InterNetworkV6 ? "ICMPv6" : "ICMP";
        var raw = tryOpen(family, SocketType.Raw);
        if (raw == SocketError.Success)
            return Finding.Ok($"a raw {name} socket is permitted");
        var datagram = tryOpen(family, SocketType.Dgram);
        if (datagram == SocketError.Success)
            return Finding.Ok($"a datagram {name} socket is permitted");
        return raw == SocketError.AccessDenied
            ? Finding.Failed($"{name} is not permitted: neither a raw nor a datagram socket", "grant CAP_NET_RAW (setcap cap_net_raw+ep, or AmbientCapabilities in the systemd unit), or: sysctl -w net.ipv4.ping_group_range=\"0 2147483647\"")
            : Finding.Failed($"a {name} socket can't be had: {raw}", family == AddressFamily.InterNetworkV6 ? "switch IPv6 on at this machine, or name the hosts by IPv4 addresses" : "use -H tcp");
    }

    private static SocketError TryOpen(AddressFamily family, SocketType type)
    {
        try
        {
            using var socket = new Socket(family, type, family == AddressFamily.InterNetwork ? ProtocolType.Icmp : ProtocolType.IcmpV6);
            return SocketError.Success;
        }
        catch (SocketException e)
        {
            return e.SocketErrorCode;
        }
    }
}
