using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using VpcRouter.Cli.Settings;

namespace VpcRouter.Cli.Server;

/// <summary>Where the HTTP server listens.</summary>
internal static class ListenAddress
{
    /// <summary>Checks the address, and refuses one that would let strangers write.</summary>
    public static void Validate(RouterSettings settings)
    {
        var general = settings.General;
        var http = settings.Http;
        var takesSpecs = string.Equals(general.Mode, "http", StringComparison.OrdinalIgnoreCase);
        if (takesSpecs && http is { Insecure: false, Token: null, TokenFile: null } && !IsLoopback(general.Address))
            throw new UsageException($"--address \"{general.Address}\" is not a loopback address, and in http mode anyone who reaches it could change routes; give --token-file or VPCROUTER_TOKEN, listen on localhost, or give --insecure if the network in front of it is trusted");
    }

    public static bool IsLoopback(string address) => Resolve(address).TrueForAll(IPAddress.IsLoopback);

    /// <summary>The name that the address was given by, or <see langword="null"/> when it is an address.</summary>
    public static string? NameOf(string address) => IPAddress.TryParse(address, out _) ? null : address;

    public static void Listen(KestrelServerOptions kestrel, string address, int port, Action<ListenOptions> configure)
    {
        // Kestrel can't bind both loopback addresses to one port of its own choosing.
        if (address == "localhost" && port != 0)
        {
            kestrel.ListenLocalhost(port, configure);
            return;
        }

        foreach (var resolved in Resolve(address).Take(address == "localhost" ? 1 : int.MaxValue))
            kestrel.Listen(resolved, port, configure);
    }

    /// <exception cref="UsageException">It is neither an address nor a name that can be resolved.</exception>
    internal static List<IPAddress> Resolve(string address)
    {
        if (address == "localhost")
            return [IPAddress.Loopback];
        if (IPAddress.TryParse(address, out var parsed))
            return [parsed];
        try
        {
            return Dns.GetHostAddresses(address) is { Length: > 0 } found ? [.. found.Distinct()] : throw new SocketException((int)SocketError.HostNotFound);
        }
        catch (Exception e) when (e is SocketException or ArgumentException)
        {
            throw new UsageException($"--address \"{address}\" is neither an address nor a name that can be resolved; give for example localhost, 127.0.0.1 or 0.0.0.0");
        }
    }
}
