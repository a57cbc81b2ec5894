using System.Net.Sockets;
using VpcRouter.Monitors.IcmpEcho.Linux;
using VpcRouter.Plugins;

namespace VpcRouter.Monitors.IcmpEcho;

/// <summary>Opens a raw ICMP socket or, where that isn't permitted, a datagram one.</summary>
internal static class EchoSocket
{
    /// <summary>Opens a socket for an address family.</summary>
    /// <exception cref="PluginException">Neither kind is permitted.</exception>
    /// <exception cref="SocketException">It can't be had for another reason, say because the machine has no IPv6.</exception>
    public static IEchoSocket Open(AddressFamily family, TimeProvider time) => Open(family, (family, type) => OpenAs(family, type, time));

    internal static IEchoSocket Open(AddressFamily family, Func<AddressFamily, SocketType, IEchoSocket> open)
    {
        try
        {
            return open(family, SocketType.Raw);
        }
        catch (SocketException e) when (e.SocketErrorCode == SocketError.AccessDenied)
        {
        }

        try
        {
            return open(family, SocketType.Dgram);
        }
        catch (SocketException e) when (e.SocketErrorCode == SocketError.AccessDenied)
        {
            throw new PluginException(
                "Monitor \"icmpecho\" is not permitted to send ICMP; either give the program the capability (setcap cap_net_raw+ep on the binary) " +
                "or its group the permission (sysctl -w net.ipv4.ping_group_range=\"0 2147483647\").",
                e);
        }
    }

    internal static IEchoSocket OpenAs(AddressFamily family, SocketType type, TimeProvider time)
    {
        var socket = new Socket(family, type, family == AddressFamily.InterNetwork ? ProtocolType.Icmp : ProtocolType.IcmpV6);
        try
        {
            return OperatingSystem.IsLinux() && Environment.Is64BitProcess ? new LinuxEchoSocket(socket) : new PlainEchoSocket(socket, time);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}
