using System.Diagnostics;
using System.Reflection;
using System.Text.Json;

namespace VpcRouter.Benchmarks.HttpLoad;

/// <summary>
/// The crowd in a process of its own, which yields the processor to the router's: real clients share neither its threads and memory nor
/// its cores.
/// </summary>
internal sealed class CrowdProcess : IAsyncDisposable
{
    public const string Command = "http-load-clients";
    public const string Ready = "ready";

    /// <summary>How far its priority lies below the router's, as <c>nice</c> counts.</summary>
    public const int Nice = 10;

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);
    private readonly Process _process;

    private CrowdProcess(Process process) => _process = process;

    /// <summary>Starts it and waits until everybody has been answered once.</summary>
    public static async Task<CrowdProcess> StartAsync(Uri server)
    {
        var program = Environment.ProcessPath!;
        string[] assembly = Path.GetFileNameWithoutExtension(program) == "dotnet" ? [Assembly.GetExecutingAssembly().Location] : [];
        var start = new ProcessStartInfo("nice", ["-n", $"{Nice}", program, .. assembly, Command, server.ToString()]) { RedirectStandardInput = true, RedirectStandardOutput = true };
        var crowd = new CrowdProcess(Process.Start(start)!);
        if (await crowd._process.StandardOutput.ReadLineAsync().WaitAsync(Patience) == Ready)
            return crowd;
        await crowd.DisposeAsync();
        throw new InvalidOperationException("The clients didn't get ready.");
    }

    public async Task<CrowdReport> StopAsync()
    {
        _process.StandardInput.Close();
        var line = await _process.StandardOutput.ReadLineAsync().WaitAsync(Patience);
        return JsonSerializer.Deserialize<CrowdReport>(line!)!;
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
            _process.Kill();
        await _process.WaitForExitAsync();
        _process.Dispose();
    }
}
