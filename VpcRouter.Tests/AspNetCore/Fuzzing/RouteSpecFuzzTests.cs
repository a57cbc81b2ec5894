using System.Net;
using System.Net.Http.Headers;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace VpcRouter.Tests.AspNetCore.Fuzzing;

/// <summary>
/// 100,000 mutated documents over real connections to the real endpoint: each is taken or refused, none breaks it, and none that is
/// refused changes the spec in force.
/// </summary>
[Parallelizable(ParallelScope.All)]
internal sealed class RouteSpecFuzzTests
{
    private const int DocumentsOfALane = 25_000;
    private static readonly HttpStatusCode[] Refusals = [HttpStatusCode.BadRequest, HttpStatusCode.RequestEntityTooLarge, HttpStatusCode.UnsupportedMediaType];
    private static readonly string[] ForeignTypes = ["application/yaml", "application/json; charset=latin1", "json", "text/html"];

    [Test]
    public async Task Post_MutatedDocuments_AreTakenOrRefusedAndRefusalsChangeNothing([Range(1, 4)] int seed)
    {
        var folder = MemoryFolder();
        try
        {
            await using var host = (await EndpointHost.StartAsync(stateFolder: folder, configure: WithoutLog)).InHttpMode();
            var counts = new Dictionary<HttpStatusCode, int>();
            var documents = new DocumentMutator(seed);
            for (var i = 0; i < DocumentsOfALane; i++)
            {
                var status = await PostAsync(host, documents.Next(), i % 50 == 0 ? ForeignTypes[i / 50 % ForeignTypes.Length] : "application/json");
                counts[status] = counts.GetValueOrDefault(status) + 1;
                while (host.Specs.TryRead(out _))
                {
                    // Nobody reads them here; they must not pile up.
                }
            }

            await TestContext.Out.WriteLineAsync($"seed {seed}: {string.Join(", ", counts.Select(count => $"{count.Value} {count.Key}"))}");
            counts.Keys.Should().Contain([HttpStatusCode.OK, HttpStatusCode.BadRequest, HttpStatusCode.UnsupportedMediaType]);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task<HttpStatusCode> PostAsync(EndpointHost host, byte[] document, string type)
    {
        var before = host.Inbox.Current;
        using var content = new ByteArrayContent(document);
        content.Headers.TryAddWithoutValidation("Content-Type", type);
        using var request = new HttpRequestMessage(HttpMethod.Post, "/route_spec") { Content = content };
        using var response = await host.Client.SendAsync(request);
        var after = host.Inbox.Current;
        if (response.StatusCode == HttpStatusCode.OK)
        {
            Assert.That(after!.Document.Span.SequenceEqual(document), Shown(document, response));
            Assert.That(response.Headers.ETag, Is.EqualTo(EntityTagHeaderValue.Parse(after.ETag)));
        }
        else
        {
            Assert.That(Refusals, Does.Contain(response.StatusCode), Shown(document, response));
            Assert.That(after, Is.SameAs(before), Shown(document, response));
        }

        return response.StatusCode;
    }

    private static string Shown(byte[] document, HttpResponseMessage response) => $"{response.StatusCode} for {Convert.ToBase64String(document)}";

    private static void WithoutLog(WebApplicationBuilder builder) => builder.Services.AddLogging(logging => logging.ClearProviders());

    // Thousands of specs are stored; waiting for a disk each time would test the disk.
    private static string MemoryFolder()
    {
        var memory = "/dev/shm";
        return Directory.CreateDirectory(Path.Combine(Directory.Exists(memory) ? memory : Path.GetTempPath(), "vpcrouter-fuzz-" + Guid.NewGuid().ToString("N"))).FullName;
    }
}
