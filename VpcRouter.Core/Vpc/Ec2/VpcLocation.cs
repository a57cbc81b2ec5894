using VpcRouter.Settings;

namespace VpcRouter.Vpc.Ec2;

/// <summary>Finds out the region and the VPC, from what is given or else from instance metadata.</summary>
public static class VpcLocation
{
    /// <summary>Completes what is given.</summary>
    /// <param name="region">The region, or <see langword="null"/> to ask for it.</param>
    /// <param name="vpcId">The VPC, or <see langword="null"/> to ask for it.</param>
    /// <param name="metadata">Whom to ask.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="SettingsException">Something is neither given nor to be had.</exception>
    public static async Task<(string Region, string VpcId)> FindAsync(string? region, string? vpcId, InstanceMetadata metadata, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(metadata);
        var errors = new List<SettingError>();
        var foundRegion = region ?? await AskAsync("region", "us-east-1", metadata.GetRegionAsync, errors, cancellationToken).ConfigureAwait(false);
        // Where the region can't be had, asking for the VPC as well would only double the wait.
        var foundVpc = vpcId ?? (errors.Count == 0
            ? await AskAsync("vpc", "vpc-350d6a51", metadata.GetVpcIdAsync, errors, cancellationToken).ConfigureAwait(false)
            : Missing("vpc", "vpc-350d6a51", errors));
        return errors.Count == 0 ? (foundRegion!, foundVpc!) : throw new SettingsException(errors);
    }

    private static async Task<string?> AskAsync(string setting, string example, Func<CancellationToken, Task<string>> ask, List<SettingError> errors, CancellationToken cancellationToken)
    {
        try
        {
            return await ask(cancellationToken).ConfigureAwait(false);
        }
        catch (InstanceMetadataException e)
        {
            errors.Add(new SettingError(setting, null, $"is not given, and {e.Message}; give it, for example --{setting} {example}"));
            return null;
        }
    }

    private static string? Missing(string setting, string example, List<SettingError> errors)
    {
        errors.Add(new SettingError(setting, null, $"is not given either; give it, for example --{setting} {example}"));
        return null;
    }
}
