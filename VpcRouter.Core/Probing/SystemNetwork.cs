using System.Net;
using System.Net.NetworkInformation;
using System.Net.Sockets;

namespace VpcRouter.Probing;

/// <summary>The network as the operating system shows it. Thread-safe.</summary>
internal sealed class SystemNetwork : INetwork
{
    /// <summary>The discard port; nothing is ever sent there.</summary>
    private const int AnyPort = 9;

    /// <remarks>Connecting a UDP socket makes the kernel look the route up, policy and all, and sends no packet.</remarks>
    public IPAddress? SourceTo(IPAddress host)
    {
        try
        {
            using var socket = new Socket(host.AddressFamily, SocketType.Dgram, ProtocolType.Udp);
            socket.Connect(host, AnyPort);
            return (socket.LocalEndPoint as IPEndPoint)?.Address;
        }
        catch (SocketException e) when (e.SocketErrorCode is SocketError.NetworkUnreachable or SocketError.HostUnreachable or SocketError.NetworkDown
            or SocketError.AddressNotAvailable or SocketError.AddressFamilyNotSupported or SocketError.InvalidArgument)
        {
            return null;
        }
    }

    /// <remarks>Interfaces that can't tell, such as tunnels, count as having a link.</remarks>
    public IReadOnlySet<IPAddress> AddressesWithoutLink() =>
        NetworkInterface.GetAllNetworkInterfaces()
            .Where(item => !HasLink(item))
            .SelectMany(item => item.GetIPProperties().UnicastAddresses)
            .Select(address => address.Address)
            .ToHashSet();

    private static bool HasLink(NetworkInterface item) =>
        item.OperationalStatus != OperationalStatus.Dormant
        && (Carrier(item.Name) ?? item.OperationalStatus is not (OperationalStatus.Down or OperationalStatus.LowerLayerDown or OperationalStatus.NotPresent));

    /// <summary>Linux follows up a lost link in an interface's state only after up to a second, by when hosts have failed; the carrier is exact.</summary>
    private static bool? Carrier(string name)
    {
        if (!OperatingSystem.IsLinux())
            return null;
        try
        {
            return File.ReadAllText($"/sys/class/net/{name}/carrier").Trim() != "0";
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // So an interface answers that is switched off, and one of another network namespace.
            return null;
        }
    }
}
