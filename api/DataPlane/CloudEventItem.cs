using Sluice.Engine.Metering;

namespace Sluice.Api.DataPlane;

/// <summary>A CloudEvent as far as metering is concerned. Source and id together name it.</summary>
internal sealed record CloudEventItem(string Source, string? Subject, UsageContent Content);
