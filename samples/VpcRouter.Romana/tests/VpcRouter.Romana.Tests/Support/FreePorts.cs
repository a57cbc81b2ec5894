using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;

namespace VpcRouter.Romana.Tests.Support;

/// <summary>
/// Ports that are free. etcd can't be told to choose itself, so somebody may take one before it does; then it is tried again. They lie below
/// those that the kernel gives away by itself, so that a port keeps for etcd also while it is down: no listener or connection gets it by chance.
/// </summary>
internal static class FreePorts
{
    private const int Lowest = 10_000, PastHighest = 30_000;

    public static int[] Take(int count)
    {
        var listeners = new List<TcpListener>();
        while (listeners.Count < count)
        {
            var listener = new TcpListener(IPAddress.Loopback, RandomNumberGenerator.GetInt32(Lowest, PastHighest));
            try
            {
                listener.Start();
                listeners.Add(listener);
            }
            catch (SocketException e) when (e.SocketErrorCode == SocketError.AddressAlreadyInUse)
            {
                listener.Dispose();
            }
        }

        var ports = listeners.Select(listener => ((IPEndPoint)listener.LocalEndpoint).Port).ToArray();
        listeners.ForEach(listener => listener.Dispose());
        return ports;
    }
}
