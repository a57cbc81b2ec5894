using System.Collections.Concurrent;
using System.Diagnostics;

namespace VpcRouter.Romana.Tests.Support;

/// <summary>One etcd process on loopback.</summary>
internal sealed class EtcdNode(string name, int clientPort, string[] arguments) : IAsyncDisposable
{
    private readonly ConcurrentQueue<string> _log = new();
    private Process? _process;

    public string Name { get; } = name;

    public int ClientPort { get; } = clientPort;

    public bool HasExited => _process!.HasExited;

    public string Log => string.Join('\n', _log.TakeLast(30));

    public void Start()
    {
        _process = Process.Start(Programs.Describe("etcd", arguments))!;
        DataReceivedEventHandler keep = (_, e) => _log.Enqueue(e.Data ?? "");
        _process.OutputDataReceived += keep;
        _process.ErrorDataReceived += keep;
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
    }

    /// <summary>Ends it at once, as a machine that loses power would.</summary>
    public async Task KillAsync()
    {
        Programs.Signal(_process!, Programs.SigKill);
        await _process!.WaitForExitAsync();
    }

    /// <summary>Lets it stand still with its connections open.</summary>
    public void Freeze() => Programs.Signal(_process!, Programs.SigStop);

    public void Thaw() => Programs.Signal(_process!, Programs.SigCont);

    public async ValueTask DisposeAsync()
    {
        if (_process is null)
            return;
        await KillAsync();
        _process.Dispose();
    }
}
