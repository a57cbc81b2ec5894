using System.Diagnostics;
using System.Globalization;
using VpcRouter.Benchmarks.Probing;

namespace VpcRouter.Benchmarks.Tcp;

/// <summary>A running <see cref="AcceptProcess"/>.</summary>
internal sealed class Acceptor : IDisposable
{
    private readonly Process _process;

    private Acceptor(Process process, int port)
    {
        _process = process;
        Port = port;
    }

    public int Port { get; }

    public static async Task<Acceptor> StartAsync()
    {
        var start = MeasuredProcess.StartOwn([AcceptProcess.Name]);
        start.RedirectStandardInput = true;
        start.RedirectStandardOutput = true;
        var process = Process.Start(start)!;
        return new Acceptor(process, int.Parse((await process.StandardOutput.ReadLineAsync())!, CultureInfo.InvariantCulture));
    }

    /// <summary>Sockets to or at its port that the system still keeps, its listener aside.</summary>
    public int SocketsLeft()
    {
        var port = ":" + Port.ToString("X4", CultureInfo.InvariantCulture);
        return File.ReadLines("/proc/net/tcp").Skip(1)
            .Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries))
            .Count(fields => fields[2].EndsWith(port, StringComparison.Ordinal) || (fields[1].EndsWith(port, StringComparison.Ordinal) && fields[3] != "0A"));
    }

    /// <summary>Ends it and waits until it is gone, so that its cost isn't counted for the next process.</summary>
    public async Task StopAsync()
    {
        _process.StandardInput.Close();
        await _process.WaitForExitAsync();
    }

    public void Dispose()
    {
        _process.StandardInput.Close();
        _process.Dispose();
    }
}
