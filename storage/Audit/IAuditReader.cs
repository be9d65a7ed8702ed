using Sluice.Storage.Control;

namespace Sluice.Storage.Audit;

/// <summary>Reads the audit log.</summary>
public interface IAuditReader
{
    /// <summary>The entries of a tenant, newest first; a page goes on before the entry that is named.</summary>
    Task<Result<Page<AuditRecord>>> ListAsync(
        long tenantId, AuditQuery query, PageRequest page, CancellationToken ct);
}
