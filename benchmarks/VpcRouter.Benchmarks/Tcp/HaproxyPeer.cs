using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Text;
using VpcRouter.Benchmarks.Probing;

namespace VpcRouter.Benchmarks.Tcp;

/// <summary>HAProxy with nothing to do but check its servers once a second.</summary>
internal static class HaproxyPeer
{
    private const int ServersPerBackend = 1000;

    public static async Task<(double Cpu, double Wall, int FalseFailures)> RunAsync(IReadOnlyList<IPAddress> hosts, int port, TimeSpan duration)
    {
        var folder = Directory.CreateTempSubdirectory();
        try
        {
            var file = Path.Combine(folder.FullName, "haproxy.cfg");
            await File.WriteAllTextAsync(file, Configuration(hosts, port, Path.Combine(folder.FullName, "unused.sock")));
            var (cpu, wall, _, errors) = await MeasuredProcess.RunAsync(new ProcessStartInfo("haproxy", ["-db", "-f", file]), process => EndAsync(process, duration));
            return (cpu, wall, errors.Split('\n').Count(line => line.Contains(" is DOWN", StringComparison.Ordinal)));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static async Task EndAsync(Process process, TimeSpan duration)
    {
        using var early = new CancellationTokenSource(duration, TimeProvider.System);
        try
        {
            await process.WaitForExitAsync(early.Token);
        }
        catch (OperationCanceledException)
        {
            // Killed outright: it has nothing to finish, and what it used is counted all the same.
            process.Kill();
            return;
        }

        throw new InvalidOperationException($"haproxy ended by itself with {process.ExitCode}.");
    }

    private static string Configuration(IReadOnlyList<IPAddress> hosts, int port, string socket)
    {
        var text = new StringBuilder()
            .Append("global\n  nbthread 1\n  maxconn 100\n  no log\n")
            .Append("defaults\n  mode tcp\n  timeout connect 500ms\n  timeout client 500ms\n  timeout server 500ms\n  timeout check 500ms\n")
            .Append(CultureInfo.InvariantCulture, $"frontend unused\n  bind unix@{socket}\n");
        for (var i = 0; i < hosts.Count; i++)
        {
            if (i % ServersPerBackend == 0)
                text.Append(CultureInfo.InvariantCulture, $"backend b{i / ServersPerBackend}\n  default-server check inter 1s fall 2 rise 2\n");
            text.Append(CultureInfo.InvariantCulture, $"  server s{i} {hosts[i]}:{port}\n");
        }

        return text.ToString();
    }
}
