using System.Runtime.InteropServices;

namespace VpcRouter.Benchmarks.Probing;

/// <summary>User and system time of all child processes that have ended, from the system (Linux).</summary>
internal static partial class ChildCost
{
    private const int Children = -1;

    public static double Seconds()
    {
        // struct rusage begins with two struct timeval, user and system; the rest is not of interest.
        Span<long> usage = stackalloc long[32];
        if (GetUsage(Children, ref MemoryMarshal.GetReference(usage)) != 0)
            throw new InvalidOperationException("The cost of child processes can't be read here.");
        return usage[0] + usage[2] + ((usage[1] + usage[3]) / 1e6);
    }

    [LibraryImport("libc", EntryPoint = "getrusage")]
    private static partial int GetUsage(int who, ref long usage);
}
