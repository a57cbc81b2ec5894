using System.Net;
using System.Net.Sockets;

namespace VpcRouter.Tests.Adapter;

/// <summary>A port of loopback on which nobody listened a moment ago.</summary>
internal static class FreePort
{
    public static int Find()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    public static Uri Url() => new($"http://127.0.0.1:{Find()}");
}
