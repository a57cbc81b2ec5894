using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using VpcRouter.Cli.Settings;

namespace VpcRouter.Cli;

/// <summary>Where the HTTP server listens.</summary>
internal static class ListenAddress
{
    /// <summary>Checks the address, and refuses one that would let strangers write.</summary>
    public static void Validate(GeneralSettings general)
    {
        var takesSpecs = string.Equals(general.Mode, "http", StringComparison.OrdinalIgnoreCase);
        if (takesSpecs && !general.Insecure && !Resolve(general.Address).TrueForAll(IPAddress.IsLoopback))
            throw new UsageException($"--address \"{general.Address}\" is not a loopback address, and in http mode anyone who reaches it could change routes; listen on localhost, or give --insecure if the network in front of it is trusted");
    }

    public static void Listen(KestrelServerOptions kestrel, string address, int port)
    {
        // Kestrel can't bind both loopback addresses to one port of its own choosing.
        if (address == "localhost" && port != 0)
        {
            kestrel.ListenLocalhost(port);
            return;
        }

        foreach (var resolved in Resolve(address).Take(address == "localhost" ? 1 : int.MaxValue))
            kestrel.Listen(resolved, port);
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
