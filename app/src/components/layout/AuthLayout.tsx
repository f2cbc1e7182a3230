import { Outlet } from '@tanstack/react-router';
import { lazy, Suspense } from 'react';
import { Logo } from './Logo';
import { ProductPicture } from './ProductPicture';

// Nobody waits for a menu to type his address.
const DeviceMenus = lazy(() => import('./DeviceMenus').then((m) => ({ default: m.DeviceMenus })));

/** One column of 400 px, beside it a quiet picture of the product. No shell. */
export function AuthLayout() {
  return (
    <div className="grid min-h-dvh bg-surface lg:grid-cols-[minmax(480px,2fr)_3fr]">
      <div className="flex min-w-0 flex-col px-4 sm:px-10">
        <header className="mx-auto flex h-16 w-full max-w-100 shrink-0 items-center">
          <Logo />
        </header>
        <main className="mx-auto flex w-full max-w-100 flex-1 flex-col py-8 sm:py-[8vh]">
          <Outlet />
        </main>
        <footer className="mx-auto flex h-14 w-full max-w-104 shrink-0 items-center gap-1">
          <Suspense>
            <DeviceMenus />
          </Suspense>
        </footer>
      </div>
      <ProductPicture />
    </div>
  );
}
