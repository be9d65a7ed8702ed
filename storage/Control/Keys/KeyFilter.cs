using Sluice.Metering.Keys;
using Sluice.Storage.Control.Members;

namespace Sluice.Storage.Control.Keys;

/// <summary>What a list of keys is narrowed to; null does not narrow it.</summary>
/// <param name="ProjectId">The project of project keys.</param>
/// <param name="Kind">The kind.</param>
/// <param name="Visibility">The projects whose keys are listed, and the member whose own keys are.</param>
public sealed record KeyFilter(long? ProjectId, KeyKind? Kind, Visibility? Visibility);
