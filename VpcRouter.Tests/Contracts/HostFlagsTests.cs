using VpcRouter.AspNetCore;
using VpcRouter.Cli.Settings;
using VpcRouter.Hosting;
using VpcRouter.Settings;
using VpcRouter.Testing.Contracts;

namespace VpcRouter.Tests.Contracts;

internal sealed class HostFlagsTests
{
    [Test]
    public void All_AreThoseThatTheToolKeepsForItself() => HostFlags.All.Should().BeEquivalentTo(
        new[] { typeof(GeneralSettings), typeof(VpcRouterHttpOptions), typeof(TlsSettings), typeof(VpcRouterOptions) }.SelectMany(SettingDescriptor.Of)
            .SelectMany(setting => setting.Flags).Concat(OwnFlags.OfCommands));
}
