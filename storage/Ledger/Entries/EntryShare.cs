using System.Runtime.InteropServices;
using Sluice.Metering.Identity;
using Sluice.Metering.Periods;

namespace Sluice.Storage.Ledger.Entries;

/// <summary>
/// Units of an event in one counter, where they are not simply all units of a line in every counter of its scopes.
/// </summary>
/// <param name="Scope">The kind of the counter's owner: the event's tenant, project, seat or key.</param>
/// <param name="Line">The line of the charge, from 0.</param>
/// <param name="Period">The period of the counter: the event's month or day, or the total.</param>
/// <param name="Units">Of a reservation, what is held under rights. Of the commit of a handed-over hold, what counts
/// where the hold is, and not in an account of the committing session. 0 or more.</param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct EntryShare(ScopeKind Scope, int Line, PeriodKind Period, long Units);
