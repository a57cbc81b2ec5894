using System.Collections.Concurrent;
using System.Diagnostics;
using VpcRouter.Romana.Tests.Support;

namespace VpcRouter.Romana.EndToEnd;

/// <summary>A program that runs until the test is over.</summary>
internal sealed class RunningProgram : IAsyncDisposable
{
    private readonly ConcurrentQueue<string> _output = new();
    private readonly Process _process;

    private RunningProgram(ProcessStartInfo start)
    {
        _process = Process.Start(start)!;
        DataReceivedEventHandler keep = (_, e) => _output.Enqueue(e.Data ?? "");
        _process.OutputDataReceived += keep;
        _process.ErrorDataReceived += keep;
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
    }

    public string Output => string.Join('\n', _output);

    public static RunningProgram Start(ProcessStartInfo start) => new(start);

    /// <summary>Waits for a line with this in it, and gives what follows it up to the next blank or comma.</summary>
    public async Task<string> TellsAsync(string before)
    {
        string? found = null;
        await Limits.UntilAsync(
            () =>
            {
                if (_process.HasExited)
                    Assert.Fail($"{_process.StartInfo.FileName} has ended: {Output}");
                found = _output.FirstOrDefault(line => line.Contains(before, StringComparison.Ordinal));
                return found is not null;
            },
            $"{_process.StartInfo.FileName} says \"{before}\"");
        return found![(found!.IndexOf(before, StringComparison.Ordinal) + before.Length)..].Split(' ', ',')[0];
    }

    /// <summary>Asks it to end, and says with what exit code it did.</summary>
    public async Task<int> StopAsync()
    {
        Programs.Signal(_process, Programs.SigTerm);
        using var limit = new CancellationTokenSource(Limits.Generous, TimeProvider.System);
        await _process.WaitForExitAsync(limit.Token);
        return _process.ExitCode;
    }

    public async ValueTask DisposeAsync()
    {
        Programs.Signal(_process, Programs.SigKill);
        await _process.WaitForExitAsync();
        _process.Dispose();
    }
}
