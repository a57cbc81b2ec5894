using System.Net;
using System.Net.Sockets;

namespace VpcRouter.Benchmarks.Tcp;

/// <summary>The hosts, as a process of its own so that its cost counts for nobody: accepts every connection on every loopback address and closes it.</summary>
internal static class AcceptProcess
{
    public const string Name = "accept";

    private const int Backlog = 65535;
    private static readonly TimeSpan Breath = TimeSpan.FromMilliseconds(5);

    /// <summary>Writes its port to standard output, and, when standard input ends, how many connections there were.</summary>
    public static object Run()
    {
        using var listener = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        listener.Bind(new IPEndPoint(IPAddress.Any, 0));
        listener.Listen(Backlog);
        listener.Blocking = false;
        Console.WriteLine(((IPEndPoint)listener.LocalEndPoint!).Port);
        using var ended = new ManualResetEventSlim();
        var waiting = new Thread(() =>
        {
            Console.In.ReadLine();
            ended.Set();
        });
        waiting.Start();
        var connections = 0L;
        // Connections wait in the backlog for a few milliseconds and are taken many at a time, which leaves the processor to those who are measured.
        while (!ended.Wait(Breath))
            connections += AcceptAll(listener);
        return new { connections };
    }

    private static long AcceptAll(Socket listener)
    {
        for (var count = 0L; ; count++)
        {
            try
            {
                listener.Accept().Dispose();
            }
            catch (SocketException e) when (e.SocketErrorCode == SocketError.WouldBlock)
            {
                return count;
            }
        }
    }
}
