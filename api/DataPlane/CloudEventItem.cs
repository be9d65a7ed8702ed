using Sluice.Engine.Events;


namespace Sluice.Api.DataPlane;

/// <summary>The parts of a CloudEvent that metering uses. Source and id together identify it.</summary>
internal sealed record CloudEventItem(string Source, string? Subject, UsageContent Content);
