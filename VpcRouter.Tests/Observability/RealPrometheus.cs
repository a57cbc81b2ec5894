using System.Diagnostics;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using VpcRouter.Tests.Support;

namespace VpcRouter.Tests.Observability;

/// <summary>A Prometheus that scrapes one target every second and evaluates the alerts.</summary>
internal sealed partial class RealPrometheus : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(90);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(500);
    private readonly Process _process;
    private readonly TemporaryFolder _folder;
    private readonly HttpClient _client;
    private readonly Task _draining;

    private RealPrometheus(Process process, TemporaryFolder folder, string address)
    {
        _process = process;
        _folder = folder;
        _client = new HttpClient { BaseAddress = new Uri($"http://{address}/api/v1/") };
        _draining = Task.WhenAll(process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
    }

    public static async Task<RealPrometheus> StartAsync(Uri target)
    {
        var folder = new TemporaryFolder();
        folder.Write("prometheus.yml", $$"""
            global: {scrape_interval: 1s, evaluation_interval: 1s}
            rule_files: ["{{Path.Combine(MetricNames.Folder, "alerts.yml")}}"]
            scrape_configs:
              - job_name: vpcrouter
                static_configs: [{targets: ["{{target.Authority}}"]}]
            """);
        var process = Tool.Start("prometheus", folder["."], "--config.file=prometheus.yml", "--storage.tsdb.path=data", "--web.listen-address=127.0.0.1:0");
        return new RealPrometheus(process, folder, await AddressOfAsync(process).WaitAsync(Patience));
    }

    /// <summary>Asks until the answer is right; a server gives no signal that could be awaited.</summary>
    /// <returns>The answer's data.</returns>
    public async Task<JsonNode> UntilAsync(string path, Func<JsonNode, bool> isRight)
    {
        var startedAt = TimeProvider.System.GetTimestamp();
        while (true)
        {
            var data = await AskAsync(path);
            if (data is not null && isRight(data))
                return data;
            if (TimeProvider.System.GetElapsedTime(startedAt) > Patience)
                throw new TimeoutException($"{path} never was as awaited; the last answer: {data?.ToJsonString() ?? "none"}");
            await Task.Delay(Pause, TimeProvider.System, CancellationToken.None);
        }
    }

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        if (!_process.HasExited)
            _process.Kill();
        await _process.WaitForExitAsync();
        await _draining;
        _process.Dispose();
        _folder.Dispose();
    }

    // The port is of the system's choosing, and only Prometheus' log tells it.
    private static async Task<string> AddressOfAsync(Process process)
    {
        var lines = new List<string>();
        while (await process.StandardError.ReadLineAsync() is { } line)
        {
            lines.Add(line);
            if (Listening().Match(line) is { Success: true } match)
                return match.Groups["address"].Value;
        }

        throw new InvalidOperationException($"Prometheus never listened: {string.Join('\n', lines)}");
    }

    [GeneratedRegex("msg=\"Listening on\" address=(?<address>[^ ]+)")]
    private static partial Regex Listening();

    private async Task<JsonNode?> AskAsync(string path)
    {
        try
        {
            return JsonNode.Parse(await _client.GetStringAsync(new Uri(path, UriKind.Relative)))!["data"];
        }
        catch (HttpRequestException)
        {
            return null;
        }
    }
}
