using VpcRouter.Vpc.Ec2;

namespace VpcRouter.Cli.Doctor.Checks;

/// <summary>Instance metadata answers: region, VPC and an instance role's credentials come from there.</summary>
internal sealed class MetadataCheck : ICheck
{
    public string Name => "metadata";

    public async Task<IReadOnlyList<Finding>> RunAsync(DoctorFacts facts, CancellationToken cancellationToken)
    {
        if (string.Equals(Environment.GetEnvironmentVariable("AWS_EC2_METADATA_DISABLED"), "true", StringComparison.OrdinalIgnoreCase))
            return [Finding.NotApplicable("it is switched off by AWS_EC2_METADATA_DISABLED")];
        try
        {
            var region = await new InstanceMetadata().GetRegionAsync(cancellationToken).ConfigureAwait(false);
            return
            [
                region == facts.Region
                    ? Finding.Ok($"it answers; this machine is in {region}")
                    : Finding.Warning($"this machine is in {region}, but --region says {facts.Region}: every call crosses regions", $"give --region {region} if the VPC is here, or run VpcRouter in {facts.Region}"),
            ];
        }
        catch (InstanceMetadataException e)
        {
            return
            [
                Finding.Warning(
                    $"{e.Message}; without it --region, --vpc and credentials must be given",
                    "on an instance, let containers reach it: aws ec2 modify-instance-metadata-options --http-put-response-hop-limit 2 --instance-id INSTANCE; elsewhere set AWS_EC2_METADATA_DISABLED=true"),
            ];
        }
    }
}
