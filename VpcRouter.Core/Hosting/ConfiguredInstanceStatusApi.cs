using System.Collections.Immutable;
using System.Net;
using VpcRouter.Settings;
using VpcRouter.Vpc;
using VpcRouter.Vpc.Ec2;

namespace VpcRouter.Hosting;

/// <summary>
/// EC2 as the options name it, through the client that the reconciler uses as well. Plugins are made before there is a connection, so
/// it is only asked for with the first call.
/// </summary>
internal sealed class ConfiguredInstanceStatusApi(VpcConnection connection) : IInstanceStatusApi
{
    public async Task<ImmutableArray<NetworkInterface>> FindInterfacesAsync(IReadOnlyCollection<IPAddress> addresses, CancellationToken cancellationToken) =>
        await (await ConnectAsync(cancellationToken).ConfigureAwait(false)).FindInterfacesAsync(addresses, cancellationToken).ConfigureAwait(false);

    public async Task<IReadOnlyDictionary<string, InstanceStatus>> GetStatusAsync(IReadOnlyCollection<string> instanceIds, CancellationToken cancellationToken) =>
        await (await ConnectAsync(cancellationToken).ConfigureAwait(false)).GetStatusAsync(instanceIds, cancellationToken).ConfigureAwait(false);

    private async Task<Ec2InstanceStatusApi> ConnectAsync(CancellationToken cancellationToken)
    {
        try
        {
            var (client, vpcId) = await connection.ConnectAsync(cancellationToken).ConfigureAwait(false);
            return new Ec2InstanceStatusApi(client, vpcId);
        }
        catch (SettingsException e)
        {
            // Only where the host brings an IVpcApi of its own can it be that nobody has found this out before.
            throw new VpcApiException(VpcApiErrorKind.Refused, "NotConfigured", e.Message, e);
        }
    }
}
