import { rmSync } from 'node:fs'
import { TRAFFIC_DIR } from './traffic.ts'

/** Before a run: what an earlier one recorded would be judged again. */
export default function cleanOutput(): void {
  rmSync(TRAFFIC_DIR, { recursive: true, force: true })
}
