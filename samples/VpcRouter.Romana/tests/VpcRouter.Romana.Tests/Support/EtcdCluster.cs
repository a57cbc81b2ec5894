using System.Globalization;
using System.Text.Json;

namespace VpcRouter.Romana.Tests.Support;

/// <summary>An etcd of one or three members on loopback, with its data in a folder of its own.</summary>
internal sealed class EtcdCluster : IAsyncDisposable
{
    private readonly DirectoryInfo _folder;
    private readonly TestCertificates? _certificates;

    private EtcdCluster(int members, TestCertificates? certificates, string[] moreArguments)
    {
        _certificates = certificates;
        _folder = Directory.CreateTempSubdirectory("romana-etcd-");
        var ports = FreePorts.Take(members * 2);
        var scheme = certificates is null ? "http" : "https";
        var cluster = string.Join(',', Enumerable.Range(0, members).Select(i => $"m{i}=http://127.0.0.1:{ports[members + i]}"));
        string[] tls = certificates is null ? [] :
            ["--cert-file", certificates.ServerChain, "--key-file", certificates.ServerKey, "--trusted-ca-file", certificates.Authority, "--client-cert-auth"];
        Nodes = [.. Enumerable.Range(0, members).Select(i => new EtcdNode($"m{i}", ports[i],
        [
            "--name", $"m{i}", "--data-dir", Path.Combine(_folder.FullName, $"m{i}"), "--logger", "zap",
            "--listen-client-urls", $"{scheme}://127.0.0.1:{ports[i]}", "--advertise-client-urls", $"{scheme}://127.0.0.1:{ports[i]}",
            "--listen-peer-urls", $"http://127.0.0.1:{ports[members + i]}", "--initial-advertise-peer-urls", $"http://127.0.0.1:{ports[members + i]}",
            "--initial-cluster", cluster, "--initial-cluster-state", "new", .. tls, .. moreArguments,
        ]))];
    }

    // etcdctl's own 5 s are too short for a slow disk.
    private static string[] Patiently => ["--command-timeout", $"{Limits.Generous.TotalSeconds}s"];

    public IReadOnlyList<EtcdNode> Nodes { get; }

    /// <summary>The members as <c>--etcd-addr</c> takes them.</summary>
    public string Addresses => string.Join(',', Nodes.Select(node => $"127.0.0.1:{node.ClientPort}"));

    private IEnumerable<EtcdNode> Running => Nodes.Where(node => !node.HasExited);

    public static async Task<EtcdCluster> StartAsync(int members = 1, TestCertificates? certificates = null, params string[] moreArguments)
    {
        Programs.Require("etcd", "etcdctl");
        for (var attempt = 1; ; attempt++)
        {
            var cluster = new EtcdCluster(members, certificates, moreArguments);
            foreach (var node in cluster.Nodes)
                node.Start();
            if (await cluster.IsUpAsync())
                return cluster;
            var failed = cluster.Nodes.First(node => node.HasExited);
            // Its last words may still be on their way; after this they are all there.
            await cluster.DisposeAsync();
            if (attempt == 5 || !failed.Log.Contains("address already in use", StringComparison.Ordinal))
                Assert.Fail($"etcd doesn't start: {failed.Log}");
        }
    }

    /// <summary>Starts a member that was killed, on its old port.</summary>
    public async Task RestartAsync(EtcdNode node)
    {
        await Limits.UntilAsync(
            async () =>
            {
                node.Start();
                await Limits.UntilAsync(async () => node.HasExited || await IsHealthyAsync(node), "etcd answers or ends");
                return !node.HasExited;
            },
            "etcd starts again");
    }

    /// <summary>Runs etcdctl and demands that it succeeds.</summary>
    public async Task<string> CtlAsync(params string[] arguments)
    {
        var (exitCode, output, error) = await RunCtlAsync(Running, [.. Patiently, .. arguments]);
        Assert.That(exitCode, Is.Zero, $"etcdctl {string.Join(' ', arguments)}: {error}");
        return output;
    }

    /// <summary>Puts a value, also when that takes an election that nobody has asked for, as on a machine with much else to do.</summary>
    public async Task PutAsync(string value, string key = "/romana/ipam/data")
    {
        var last = (ExitCode: 0, Output: "", Error: "");
        await Limits.UntilAsync(async () => (last = await RunCtlAsync(Running, [.. Patiently, "put", key], value)).ExitCode == 0, "etcd takes a value", () => last.Error);
    }

    /// <summary>Puts a topology through one member; false when it can't be had at the moment, as during an election.</summary>
    public async Task<bool> TryPutAsync(EtcdNode node, string value) => (await RunCtlAsync([node], ["put", "/romana/ipam/data"], value)).ExitCode == 0;

    public async Task<EtcdNode> FindLeaderAsync()
    {
        EtcdNode? leader = null;
        await Limits.UntilAsync(
            async () =>
            {
                foreach (var node in Running)
                {
                    var (exitCode, output, _) = await RunCtlAsync([node], ["endpoint", "status", "-w", "json"]);
                    if (exitCode == 0 && IsLeader(output))
                        leader = node;
                }

                return leader is not null;
            },
            "there is a leader");
        return leader!;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var node in Nodes)
            await node.DisposeAsync();
        _folder.Delete(recursive: true);
    }

    private static bool IsLeader(string json)
    {
        using var document = JsonDocument.Parse(json);
        var status = document.RootElement[0].GetProperty("Status");
        // During an election there is none to be named.
        return status.TryGetProperty("leader", out var leader) && leader.GetUInt64() == status.GetProperty("header").GetProperty("member_id").GetUInt64();
    }

    private async Task<bool> IsUpAsync()
    {
        foreach (var node in Nodes)
            await Limits.UntilAsync(async () => node.HasExited || await IsHealthyAsync(node), "etcd answers or ends");
        return !Nodes.Any(node => node.HasExited);
    }

    private async Task<bool> IsHealthyAsync(EtcdNode node) => (await RunCtlAsync([node], ["endpoint", "health"])).ExitCode == 0;

    private Task<(int ExitCode, string Output, string Error)> RunCtlAsync(IEnumerable<EtcdNode> nodes, string[] arguments, string? input = null)
    {
        var scheme = _certificates is null ? "http" : "https";
        string[] tls = _certificates is null ? [] : ["--cacert", _certificates.Authority, "--cert", _certificates.ClientChain, "--key", _certificates.ClientKey];
        var endpoints = string.Join(',', nodes.Select(node => string.Create(CultureInfo.InvariantCulture, $"{scheme}://127.0.0.1:{node.ClientPort}")));
        return Programs.RunAsync("etcdctl", ["--endpoints", endpoints, .. tls, .. arguments], input);
    }
}
