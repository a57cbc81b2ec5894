namespace VpcRouter.Simulator.Endpoint;

/// <summary>One EC2 action. Stateless.</summary>
internal interface IEc2Action
{
    string Name { get; }

    /// <summary>Does what the call asks for.</summary>
    /// <returns>Writes the body of the answer, from a moment of the VPC that no later change touches.</returns>
    /// <exception cref="Model.Ec2Exception">EC2 would refuse the request.</exception>
    Action<Ec2Xml> Execute(Ec2Call call);
}
