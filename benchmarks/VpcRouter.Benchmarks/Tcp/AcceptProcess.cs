using System.Net;
using System.Net.Sockets;

namespace VpcRouter.Benchmarks.Tcp;

/// <summary>The hosts, as a process of its own so that its cost counts for nobody: accepts every connection on every loopback address and closes it.</summary>
internal static class AcceptProcess
{
    public const string Name = "accept";

    private const int Backlog = 65535;
    private static readonly TimeSpan Breath = TimeSpan.FromMilliseconds(5);

    /// <summary>Writes its port to standard output and goes on until standard input ends.</summary>
    public static int Run()
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
        // Connections wait in the backlog for a few milliseconds and are taken many at a time, which leaves the processor to those who are measured.
        while (!ended.Wait(Breath))
            AcceptAll(listener);
        return 0;
    }

    private static void AcceptAll(Socket listener)
    {
        try
        {
            // Takes connections that were reset meanwhile, as all are that were only a check, and goes on to the next without a word.
            while (true)
                listener.Accept().Dispose();
        }
        catch (SocketException e) when (e.SocketErrorCode == SocketError.WouldBlock)
        {
        }
    }
}
