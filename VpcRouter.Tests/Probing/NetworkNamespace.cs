using VpcRouter.Benchmarks.Network;

namespace VpcRouter.Tests.Probing;

/// <summary>Tests in a network of their own.</summary>
internal static class NetworkNamespace
{
    /// <summary>Runs a test in a namespace with nothing but loopback; skips it with a reason where there can be none.</summary>
    public static void Run(Action test)
    {
        if (NamespaceThread.Run(test) is { } missing)
            Assert.Ignore(missing);
    }

    /// <summary>Runs <c>ip</c> in the namespace of the thread that calls.</summary>
    public static void Ip(string arguments) => NamespaceThread.Ip(arguments);
}
