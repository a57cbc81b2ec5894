using System.Net;
using System.Net.Sockets;

namespace VpcRouter.Romana.Tests.Support;

/// <summary>Ports that the kernel chose. etcd can't be told to choose itself, so somebody may take one before it does; then it is tried again.</summary>
internal static class FreePorts
{
    public static int[] Take(int count)
    {
        var listeners = Enumerable.Range(0, count).Select(_ => new TcpListener(IPAddress.Loopback, 0)).ToList();
        listeners.ForEach(listener => listener.Start());
        var ports = listeners.Select(listener => ((IPEndPoint)listener.LocalEndpoint).Port).ToArray();
        listeners.ForEach(listener => listener.Dispose());
        return ports;
    }
}
