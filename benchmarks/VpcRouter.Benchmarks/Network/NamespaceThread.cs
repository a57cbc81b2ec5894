using System.ComponentModel;
using System.Diagnostics;
using System.Runtime.ExceptionServices;
using System.Runtime.InteropServices;

namespace VpcRouter.Benchmarks.Network;

/// <summary>A network of its own for one thread, and for the threads started from it: it is gone with them.</summary>
internal static partial class NamespaceThread
{
    private const int NewNetwork = 0x40000000;
    private const int NewMounts = 0x00020000;

    /// <summary>Runs something in a namespace with nothing but loopback, and waits for it.</summary>
    /// <returns>What is missing, or <see langword="null"/> when it ran.</returns>
    public static string? Run(Action body)
    {
        if (!OperatingSystem.IsLinux())
            return "Network namespaces are Linux's.";
        string? missing = null;
        ExceptionDispatchInfo? failure = null;
        // Not a thread of the pool: it must not live on in here.
        var thread = new Thread(() =>
        {
            try
            {
                if ((missing = Enter()) is null)
                    body();
            }
            catch (Exception e)
            {
                failure = ExceptionDispatchInfo.Capture(e);
            }
        });
        thread.Start();
        thread.Join();
        failure?.Throw();
        return missing;
    }

    /// <summary>Runs <c>ip</c> in the namespace of the thread that calls.</summary>
    public static void Ip(string arguments)
    {
        var (exitCode, error) = Execute("ip", arguments);
        if (exitCode != 0)
            throw new InvalidOperationException($"ip {arguments} says: {error}");
    }

    private static string? Enter()
    {
        if (Unshare(NewNetwork | NewMounts) != 0)
            return $"A network namespace needs root (error {Marshal.GetLastPInvokeError()}).";
        try
        {
            // The links that /sys shows are those of the namespace in which it was mounted.
            if (Execute("mount", "--make-rprivate /").ExitCode != 0 || Execute("mount", "-t sysfs sysfs /sys").ExitCode != 0)
                return "/sys can't be mounted anew.";
            return Execute("ip", "link set lo up").ExitCode == 0 ? null : "The loopback link can't be set up.";
        }
        catch (Win32Exception e)
        {
            return $"A tool is missing: {e.Message}";
        }
    }

    private static (int ExitCode, string Error) Execute(string tool, string arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(tool, arguments) { RedirectStandardError = true, RedirectStandardOutput = true })!;
        var error = process.StandardError.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, error.Trim());
    }

    [LibraryImport("libc", EntryPoint = "unshare", SetLastError = true)]
    private static partial int Unshare(int flags);
}
