namespace VpcRouter.Tests.Plugins.Fixtures;

/// <summary>Plugins in source, as short as they can be.</summary>
internal static class PluginSources
{
    /// <summary>A watcher that delivers the spec given as a setting.</summary>
    public const string SpecFromFlag = """
        [assembly: VpcRouter.Plugins.VpcRouterPlugin("Acme.Good", "delivers the spec in its flag", typeof(Acme.Good), SettingsType = typeof(Acme.GoodSettings))]
        namespace Acme;
        public sealed class GoodSettings
        {
            [VpcRouter.Settings.Setting("good-destination", "destination of the only route", ValueName = "CIDR")]
            [System.ComponentModel.DataAnnotations.Required(ErrorMessage = "is required; give for example 10.1.0.0/16")]
            public string? Destination { get; set; }

            [VpcRouter.Settings.Setting("good-hosts", "its hosts, separated by commas", ValueName = "HOSTS")]
            public string Hosts { get; set; } = "127.0.1.10";

            [VpcRouter.Settings.Setting("good-password", "a secret", Secret = true)]
            public string? Password { get; set; }
        }
        public sealed class Good(GoodSettings settings, VpcRouter.RouteSpecs.RouteSpecReader reader, Microsoft.Extensions.Logging.ILogger<Good> logger) : VpcRouter.Plugins.IWatcherPlugin
        {
            public async Task WatchAsync(ChannelWriter<VpcRouter.RouteSpecs.RouteSpec> specs, CancellationToken stopping)
            {
                if (logger.IsEnabled(Microsoft.Extensions.Logging.LogLevel.Critical))
                {
                    var json = $"{{ \"{settings.Destination}\": [\"{string.Join("\",\"", settings.Hosts.Split(','))}\"] }}";
                    specs.TryWrite(reader.Read(System.Text.Encoding.UTF8.GetBytes(json)).Spec!);
                }
                await Task.Delay(Timeout.Infinite, stopping);
            }
            public ValueTask DisposeAsync() => default;
        }
        """;

    /// <summary>A plugin named like its assembly.</summary>
    /// <param name="name">The name, with a dot.</param>
    /// <param name="members">Members of its class, named W.</param>
    /// <param name="watch">What it does when it is run.</param>
    /// <param name="declaration">Further arguments of the attribute.</param>
    /// <param name="more">Other types.</param>
    public static string Watcher(string name, string members = "", string watch = "await Task.Delay(Timeout.Infinite, stopping);", string declaration = "", string more = "") => $$"""
        [assembly: VpcRouter.Plugins.VpcRouterPlugin("{{name}}", "for a test", typeof(Acme.W){{declaration}})]
        namespace Acme
        {
            public class W : VpcRouter.Plugins.IWatcherPlugin
            {
                {{members}}
                public async Task WatchAsync(ChannelWriter<VpcRouter.RouteSpecs.RouteSpec> specs, CancellationToken stopping)
                {
                    {{watch}}
                    await Task.CompletedTask;
                }
                public ValueTask DisposeAsync() => default;
            }
            {{more}}
        }
        """;

    /// <summary>A watcher with one setting.</summary>
    /// <param name="name">The name, with a dot.</param>
    /// <param name="setting">The property, attribute and all.</param>
    public static string WatcherWithSetting(string name, string setting) =>
        Watcher(name, "public W(S s) { }", declaration: ", SettingsType = typeof(Acme.S)", more: $$"""public class S { {{setting}} }""");
}
