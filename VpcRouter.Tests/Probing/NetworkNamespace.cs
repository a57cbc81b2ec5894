using System.Diagnostics;
using System.Runtime.ExceptionServices;
using System.Runtime.InteropServices;

namespace VpcRouter.Tests.Probing;

/// <summary>A network of its own, for one thread: it is gone with the thread.</summary>
internal static class NetworkNamespace
{
    private const int NewNetwork = 0x40000000;
    private const int NewMounts = 0x00020000;

    /// <summary>Runs a test in a namespace with nothing but loopback; skips it with a reason where there can be none.</summary>
    public static void Run(Action test)
    {
        if (!OperatingSystem.IsLinux())
            Assert.Ignore("Network namespaces are Linux's.");
        string? missing = null;
        ExceptionDispatchInfo? failure = null;
        // Not a thread of the pool: it must not live on in here.
        var thread = new Thread(() =>
        {
            try
            {
                if ((missing = Enter()) is null)
                    test();
            }
            catch (Exception e)
            {
                failure = ExceptionDispatchInfo.Capture(e);
            }
        });
        thread.Start();
        thread.Join();
        if (missing is not null)
            Assert.Ignore(missing);
        failure?.Throw();
    }

    /// <summary>Runs <c>ip</c> in the namespace of the thread that calls.</summary>
    public static void Ip(string arguments)
    {
        var (exitCode, error) = Execute("ip", arguments);
        exitCode.Should().Be(0, "ip {0} says: {1}", arguments, error);
    }

    /// <returns>What is missing, or <see langword="null"/>.</returns>
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
        catch (System.ComponentModel.Win32Exception e)
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

    [DllImport("libc", EntryPoint = "unshare", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    private static extern int Unshare(int flags);
}
